import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsInt,
  IsString,
  Length,
  Matches,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { MayBeMissing } from './may-be-missing';

export class PatchAddress {
  @MayBeMissing()
  @IsString()
  @MinLength(1)
  street?: string;

  @MayBeMissing()
  @IsString()
  @MinLength(1)
  city?: string;

  @MayBeMissing()
  @Matches(/^\d{5}$/, { message: 'zip must be five digits' })
  zip?: string;
}

/** The body of a request that changes a user: any subset of the properties, also of the address. */
export class PatchUser {
  @MayBeMissing()
  @IsString()
  @Length(1, 50)
  name?: string;

  @MayBeMissing()
  @IsEmail()
  email?: string;

  @MayBeMissing()
  @IsInt()
  @Min(0)
  age?: number;

  @MayBeMissing()
  @ValidateNested()
  @Type(() => PatchAddress)
  address?: PatchAddress;

  @MayBeMissing()
  @IsArray()
  @ArrayMaxSize(5)
  @IsString({ each: true })
  tags?: string[];
}
