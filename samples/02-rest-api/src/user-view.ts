import { Type } from 'class-transformer';
import { IsArray, IsInt, ValidateNested } from 'class-validator';
import { CreateUser } from './create-user';

/** A user, as a client receives it. Properties that are not listed here are never sent. */
export class UserView extends CreateUser {
  @IsInt()
  id!: number;
}

export class UserList {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => UserView)
  items!: UserView[];

  /** How many users match, whatever the limit. */
  @IsInt()
  total!: number;
}
