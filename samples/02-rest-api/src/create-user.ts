import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { MayBeMissing } from './may-be-missing';

export class Address {
  @IsString()
  @MinLength(1)
  street!: string;

  @IsString()
  @MinLength(1)
  city!: string;

  @Matches(/^\d{5}$/, { message: 'zip must be five digits' })
  zip!: string;
}

/** The body of a request that creates a user. */
export class CreateUser {
  @IsString()
  @Length(1, 50)
  name!: string;

  @IsEmail()
  email!: string;

  @MayBeMissing()
  @IsInt()
  @Min(0)
  age?: number;

  // Without IsObject it might be missing.
  @IsObject()
  @ValidateNested()
  @Type(() => Address)
  address!: Address;

  @IsArray()
  @ArrayMaxSize(5)
  @IsString({ each: true })
  tags!: string[];
}
